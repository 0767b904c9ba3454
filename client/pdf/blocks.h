/* A document, as client/doc/json.c writes it, on paper. */
#pragma once

#include "client/pdf/paper.h"

#include <jansson.h>

/* What has another shape than it should stays away. */
void blocks_put(struct paper *p, const json_t *document);
