/** How many runs may run at the same time where nobody says otherwise. */
export const defaultMaxParallel = 4;
