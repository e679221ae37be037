/** Of an address that lives in this page alone, and only as long as the browser needs to begin. */
const KEPT_MS = 10_000;

export function saveAs(fileName: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName.slice(fileName.lastIndexOf('/') + 1);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
