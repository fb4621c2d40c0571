type Child = Node | string;

/** Makes an element of attributes, a click and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: {
    class?: string;
    attributes?: Record<string, string>;
    onClick?: () => void;
    isDisabled?: boolean;
  } = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  if (options.class !== undefined) made.className = options.class;
  for (const [name, value] of Object.entries(options.attributes ?? {})) made.setAttribute(name, value);
  if (options.onClick !== undefined) made.addEventListener("click", options.onClick);
  if (options.isDisabled === true) made.setAttribute("disabled", "");
  made.append(...children);
  return made;
}

/** The element of the page with this id, of this kind. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} #${id}.`);
  return found;
}
