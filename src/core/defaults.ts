/** How many runs may run at the same time where nobody says otherwise. */
export const defaultMaxParallel = 4;

/** A plan with more runs asks before it starts. */
export const mostRunsUnasked = 10_000;
