/* Which activities pdh edit and pdh rm mean: what a filter finds, shown before anything is written, and a question. */
#pragma once

struct run;

/* Puts numbers into the place of a filter. 0; -PDH_NOT_FOUND where it finds none; -PDH_USAGE where nobody can be asked and
 * --yes is not there; -PDH_INTERRUPTED where the answer is no. */
int choose_edited(struct run *r);
int choose_removed(struct run *r);
