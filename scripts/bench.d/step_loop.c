// The least that loading a metric history from SQLite can cost: one reader that steps over the rows and takes
// every column. Usage: step_loop STORE
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

int main(int count, char **arguments) {
  sqlite3 *store;
  sqlite3_stmt *rows;
  if (count != 2 || sqlite3_open_v2(arguments[1], &store, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
      sqlite3_prepare_v2(store, "SELECT run_uuid, key, step, timestamp, value, is_nan FROM metrics", -1, &rows,
                         NULL) != SQLITE_OK) {
    fprintf(stderr, "usage: step_loop STORE\n");
    return 2;
  }
  long long n = 0, integers = 0, text = 0;
  double sum = 0;
  int code;
  while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
    text += sqlite3_column_text(rows, 0)[0] + sqlite3_column_bytes(rows, 0);
    text += sqlite3_column_text(rows, 1)[0] + sqlite3_column_bytes(rows, 1);
    integers += sqlite3_column_int64(rows, 2) ^ sqlite3_column_int64(rows, 3);
    sum += sqlite3_column_double(rows, 4);
    integers += sqlite3_column_int(rows, 5);
    n++;
  }
  // Printed, so that the compiler drops none of it.
  printf("%lld %lld %lld %g\n", n, integers, text, sum);
  return code == SQLITE_DONE ? 0 : 1;
}
