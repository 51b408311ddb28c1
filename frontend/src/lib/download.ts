/** Has the browser fetch a file that its server names as one to be kept: the page stays. */
export function fetchFile(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.click();
}

/** Hands the browser a file that was made here. */
export function download(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
