/** The sign-in service's error codes (https://supabase.com/docs/guides/auth/debugging/error-codes) in Japanese. */
const TEXTS: Record<string, string> = {
  email_address_invalid: 'このメールアドレスは使えません。別のアドレスを入力してください。',
  email_exists: 'このメールアドレスは登録済みです。ログインしてください。',
  email_not_confirmed: 'メールアドレスの確認がまだ済んでいません。届いた確認メールのリンクを開いてください。',
  email_provider_disabled: 'いまはメールアドレスでログインできません。',
  invalid_credentials: 'メールアドレスかパスワードが違います。',
  over_email_send_rate_limit: '確認メールを短い間に何度も送ろうとしました。しばらく待ってからお試しください。',
  over_request_rate_limit: '短い間に何度も試されました。しばらく待ってからお試しください。',
  signup_disabled: 'いまは新しい登録を受け付けていません。',
  user_already_exists: 'このメールアドレスは登録済みです。ログインしてください。',
  user_banned: 'このアカウントは利用を止められています。',
  validation_failed: 'メールアドレスの形を確かめてください（例: name@example.com）。',
  weak_password: 'パスワードが短すぎるか、推測されやすいものです。もっと長くしてください。',
};

/** What to tell a person whose sign-in or sign-up failed. */
export function authErrorText(error: { code?: string | undefined; status?: number | undefined }): string {
  const known = error.code === undefined ? undefined : TEXTS[error.code];
  if (known) return known;
  if (!error.status)
    return 'ログインのサービスにつながりませんでした。通信の状態を確かめてから、もう一度お試しください。';
  if (error.status === 429) return '短い間に何度も試されました。しばらく待ってからお試しください。';
  return 'ログインのサービスで問題が起きました。少し待ってから、もう一度お試しください。';
}
