"""From answers to the plan: tasks, order and dates, the verdict, the exposure."""
