/* pdh attach, pdh evidence save and pdh evidence check. */
#pragma once

#include "client/verbs/run_parts.h"

/* Sends one file and has it kept as a proof of what `of` names; what the daemon answers is added to `to`. 0, or negative,
 * and then nothing of it is kept. */
int attach_file(struct run *r, const struct evidence_add_params *of, const char *file,
		struct attached *to);

int own_attach(struct run *r);
int own_saved(struct run *r);
int own_evidence_checked(struct run *r);

/* 1 where a file is damaged or absent, else 0. */
int attach_check_status(const void *record);
