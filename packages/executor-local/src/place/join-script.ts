/**
 * Joins the control groups whose files stand before `--`, then becomes the command behind it.
 * A process is counted from its first moment that way, and what it starts as well.
 */
export const JOIN_SCRIPT = `
while [ "$1" != -- ]; do
  echo 0 > "$1" || exit 125
  shift
done
shift
exec "$@"
`;
