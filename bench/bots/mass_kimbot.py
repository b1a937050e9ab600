"""Our bot as `kimbot run` starts it, with another budget and a clock that always shows a working
day's morning, since nobody is written to at night."""

import sys
from dataclasses import replace
from datetime import timedelta

from bot.clock.now import SystemClock
from bot.service import configure_log, make_plan, run_until_signalled
from bot.settings import Settings


def main() -> None:
    """Arguments: messages a second, calls at once, seconds that the clock is ahead."""
    rate, slots, ahead = (float(one) for one in sys.argv[1:])
    settings, system = Settings(), SystemClock()
    configure_log(settings)
    plan = make_plan(settings)
    budget = replace(plan.budget, in_all=rate, slots=int(slots))
    later = timedelta(seconds=ahead)
    run_until_signalled(replace(plan, budget=budget, now=lambda: system.now() + later))


if __name__ == "__main__":
    main()
