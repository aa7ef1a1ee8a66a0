#ifndef C_DEMO_STORE_H
#define C_DEMO_STORE_H

#include <stddef.h>

/// A small real MLflow store, an SQLite database compressed with gzip, as it stands in the program.
const unsigned char *plumb_demo_store_bytes(void);

/// How many bytes `plumb_demo_store_bytes` has.
size_t plumb_demo_store_count(void);

#endif
