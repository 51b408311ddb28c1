import { Link, Navigate, useLocation, useSearchParams } from 'react-router';
import { useMessages } from '@/i18n/context';
import { useStanding } from '@/lib/session/use-standing';
import { AuthPage } from '../components/auth-page';
import { nextPage } from '../components/credentials';
import { SignInForm } from '../components/sign-in-form';

export function SignInPage() {
  const t = useMessages().auth;
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: { done?: string } | null };
  if (useStanding() === 'open') return <Navigate replace to={nextPage(search)} />;
  return (
    <AuthPage title={t.signIn.title} lead={t.signIn.lead}>
      {state?.done ? (
        <p role="status" className="mb-6 rounded-md bg-cheaper-soft p-3 text-ink">
          {state.done}
        </p>
      ) : null}
      <SignInForm />
      <p className="mt-6 flex flex-wrap justify-between gap-3 text-ink-2">
        <span>
          {t.signIn.noAccount}{' '}
          <Link className="link" to={{ pathname: '/register', search: search.toString() }}>
            {t.signIn.register}
          </Link>
        </span>
        <Link className="link" to="/forgotten-password">
          {t.signIn.forgotten}
        </Link>
      </p>
    </AuthPage>
  );
}
