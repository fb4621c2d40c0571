type ModuleGraph = { getModuleInfo(id: string): { importedIds: readonly string[] } | null };

/**
 * Names one chunk for all modules that the first page has at once and that the same other pages have too (`first`, `others`: the
 * HTML files, as the bundler has them). A browser asks for six files at a time over HTTP/1.1, so that fifty small ones cost eight
 * ways to the server and back; and no page gets what only another has. All else is left to the bundler: what is loaded later, what
 * only other pages have, and the scripts that start a page, as a chunk may be loaded for any of its modules and starts nothing.
 */
export function chunksOfPages(first: string, others: Readonly<Record<string, string>>) {
  let names: Map<string, string> | null = null;
  return (moduleId: string, graph: ModuleGraph): string | null => {
    names ??= namesOf(first, others, graph);
    return names.get(moduleId) ?? null;
  };
}

function namesOf(
  first: string,
  others: Readonly<Record<string, string>>,
  graph: ModuleGraph,
): Map<string, string> {
  const names = new Map([...modulesOf(first, graph)].map((id) => [id, "first-page"]));
  for (const [page, file] of Object.entries(others)) {
    for (const id of modulesOf(file, graph)) {
      const name = names.get(id);
      if (name !== undefined) names.set(id, `${name}-${page}`);
    }
  }
  return names;
}

/** What a page's scripts import, without themselves; imports that are made later (`import()`) are not followed. */
function modulesOf(file: string, graph: ModuleGraph): Set<string> {
  const importsOf = (id: string) => graph.getModuleInfo(id)?.importedIds ?? [];
  const scripts = importsOf(file);
  const reached = new Set(scripts);
  for (const id of reached) {
    for (const next of importsOf(id)) reached.add(next);
  }
  for (const script of scripts) reached.delete(script);
  return reached;
}
