const day = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeZone: 'Asia/Tokyo' });
const minute = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' });

/** A moment (ISO 8601) as a Japanese date; the exact time, in Japan, shows on hover. */
export function DateText({ at, withTime = false }: { at: string; withTime?: boolean }) {
  const date = new Date(at);
  return (
    <time dateTime={at} title={minute.format(date)}>
      {(withTime ? minute : day).format(date)}
    </time>
  );
}
