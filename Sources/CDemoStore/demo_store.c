#include "CDemoStore.h"

// #embed is C23; the compiler takes it in any C and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char bytes[] = {
#embed "../../Tests/Fixtures/mlflow/mlflow-ml.db.gz"
};

const unsigned char *plumb_demo_store_bytes(void) { return bytes; }

size_t plumb_demo_store_count(void) { return sizeof bytes; }
