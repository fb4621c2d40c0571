/** `type` names the problem where a standard has a name for it; else it is the place in our own documents. */
export type ProblemEntry = { status: number; title: string; remedy: string; type?: string };
