/* A listing that found nothing may have been asked for a word that nobody ever wrote: the one that was probably meant. */
#pragma once

struct answer;
struct run;

/* Of pdh list and pdh search whose answer is empty: a note on standard error for each kind, topic, format, role and provider
 * that neither the entries nor the rules in use have, where one of theirs is near. Nothing for scripts. Always 0. */
int near_note(struct run *r, struct answer *ans);
