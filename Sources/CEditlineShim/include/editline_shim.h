// The variadic functions of libedit (el_set, el_get) under fixed signatures, which Swift can call.
#ifndef EDITLINE_SHIM_H
#define EDITLINE_SHIM_H

#include <stdbool.h>
#include <wchar.h>

typedef struct editline EditLine;

/// Gives the next character of the input: 1, or 0 at its end.
typedef int (*shim_reader)(EditLine *, wchar_t *);
/// A command that keys may be bound to; gives one of CC_*.
typedef unsigned char (*shim_command)(EditLine *, int);

/// Starts an editor on a terminal. It draws nothing: what it would draw is thrown away.
/// NULL when memory is short.
EditLine *shim_start(const char *program, int input, int output);

/// Ends an editor and gives the terminal its former mode back, keeping keys that were typed ahead.
void shim_end(EditLine *);

void shim_set_client(EditLine *, void *client);
void *shim_client(EditLine *);

/// Chooses the bindings, "emacs" or "vi"; false when there are none of that name.
bool shim_set_editor(EditLine *, const char *name);

void shim_set_reader(EditLine *, shim_reader);

/// Adds a command under a name, which must be new.
void shim_add_command(EditLine *, const char *name, const char *help, shim_command);

/// Binds a key, written as in editrc(5), to a command; `alternate` is vi's command mode.
void shim_bind(EditLine *, const char *key, const char *command, bool alternate);

/// Changes a setting of a terminal mode as editrc's setty does: mode "-d" while editing, "-x" else.
void shim_set_terminal(EditLine *, const char *mode, const char *setting);

/// Puts the terminal into the mode for editing, or out of it.
void shim_prepare_terminal(EditLine *, bool editing);

/// Whether the bindings are vi's.
bool shim_is_vi(EditLine *);

/// Whether editrc has left editing switched on.
bool shim_is_editing(EditLine *);

/// Makes libedit read the input as UTF-8 whatever the locale, and classify characters by Unicode.
void shim_set_locale(void);

#endif
