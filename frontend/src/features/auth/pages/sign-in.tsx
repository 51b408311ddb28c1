import { Link, Navigate, useNavigate, useSearchParams } from 'react-router';
import { useMessages } from '@/i18n/context';
import { session } from '@/lib/session/current';
import { useProven } from '../api/auth';
import { AuthPage } from '../components/auth-page';
import { nextPage } from '../components/credentials';
import { SignInForm } from '../components/sign-in-form';

export function SignInPage() {
  const t = useMessages().auth;
  const [search] = useSearchParams();
  const navigate = useNavigate();
  if (useProven()) return <Navigate replace to={nextPage(search)} />;
  return (
    <AuthPage title={t.signIn.title} lead={t.signIn.lead}>
      {session.farewell ? (
        <p role="status" className="mb-6 rounded-md bg-cheaper-soft p-3 text-ink">
          {session.farewell}
        </p>
      ) : null}
      <SignInForm onDone={() => void navigate(nextPage(search), { replace: true })} />
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
