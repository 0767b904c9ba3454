/* Proofs, and files on their way to the daemon. */
#include "client/show/answers.h"

void show_upload(const struct show *v, const struct upload *r)
{
	if (r->size == INT_NONE)
		screen_line(&v->s, "%s is forgotten.", r->token);
	else
		screen_line(&v->s, "%s: %lld of %lld bytes have come.", r->token,
			    (long long)r->got, (long long)r->size);
}
