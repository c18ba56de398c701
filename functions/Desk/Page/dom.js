// Elements from names, properties and children. Text is always text: nothing that somebody wrote is read as markup.
export function h(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, given] of Object.entries(properties ?? {})) {
    if (given === null || given === undefined || given === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), given);
    else if (key === 'class') element.className = given;
    else element.setAttribute(key, given === true ? '' : given);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
