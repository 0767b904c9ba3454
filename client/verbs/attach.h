/* pdh attach, pdh evidence save and pdh evidence check. */
#pragma once

#include "client/verbs/run_parts.h"

/* Sends files and has them kept as proofs of what `of` names, in one change; what the daemon answers is added to `to`. 0,
 * or negative, and then none of them is kept. */
int attach_files(struct run *r, const struct evidence_add_params *of,
		 const struct texts *files, struct attached *to);

/* Writes a proof into a file, which must not be there yet; into a folder under its own name; or, for "-", to standard
 * output. What was read is not compared with what was stored. */
int attach_save(struct run *r, const struct evidence_save_params *p,
		struct evidence_saved *ret);

int own_attach(struct run *r);
int own_saved(struct run *r);
int own_evidence_checked(struct run *r);

/* 1 where a file is damaged or absent, else 0. */
int attach_check_status(const void *record);
