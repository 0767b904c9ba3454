/* A pack's tree as text: JSON, which YAML has within it. */
#pragma once

#include "common/buf.h"
#include "common/yaml.h"

/* Appends it; read again it gives the same tree but for its lines. Negative where the
 * buffer's ceiling is reached. */
int write_yaml(const struct yaml *root, struct buf *out);
