"""The pulse: wakes what is to be done every few seconds. The only folder that imports apscheduler;
what is due stands in the database, never here."""
