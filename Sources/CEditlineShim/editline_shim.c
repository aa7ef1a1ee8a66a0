#define _GNU_SOURCE
#include "editline_shim.h"

#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>

static ssize_t discard(void *cookie, const char *bytes, size_t count) {
  (void)cookie;
  (void)bytes;
  return (ssize_t)count;
}

static char *prompt(EditLine *editor) {
  static char text[] = "> ";
  (void)editor;
  return text;
}

EditLine *shim_start(const char *program, int input, int output) {
  cookie_io_functions_t functions = {NULL, discard, NULL, NULL};
  FILE *sink = fopencookie(NULL, "w", functions);
  if (!sink) return NULL;
  EditLine *editor = el_init_fd(program, stdin, sink, sink, input, output, output);
  if (!editor) {
    fclose(sink);
    return NULL;
  }
  el_set(editor, EL_PROMPT, prompt);
  // libedit would pass signals on to the whole process group and allocate memory in its handler.
  el_set(editor, EL_SIGNAL, 0);
  return editor;
}

void shim_end(EditLine *editor) {
  FILE *sink = NULL;
  el_get(editor, EL_GETFP, 1, &sink);
  // With editing on, el_end would discard keys that were typed ahead.
  el_set(editor, EL_PREP_TERM, 0);
  el_set(editor, EL_EDITMODE, 0);
  el_end(editor);
  if (sink) fclose(sink);
}

void shim_set_client(EditLine *editor, void *client) { el_set(editor, EL_CLIENTDATA, client); }

void *shim_client(EditLine *editor) {
  void *client = NULL;
  el_get(editor, EL_CLIENTDATA, &client);
  return client;
}

bool shim_set_editor(EditLine *editor, const char *name) {
  return el_set(editor, EL_EDITOR, name) == 0;
}

void shim_set_reader(EditLine *editor, shim_reader reader) { el_set(editor, EL_GETCFN, reader); }

void shim_add_command(
    EditLine *editor, const char *name, const char *help, shim_command command) {
  el_set(editor, EL_ADDFN, name, help, command);
}

void shim_bind(EditLine *editor, const char *key, const char *command, bool alternate) {
  if (alternate) {
    el_set(editor, EL_BIND, "-a", key, command, NULL);
  } else {
    el_set(editor, EL_BIND, key, command, NULL);
  }
}

void shim_set_terminal(EditLine *editor, const char *mode, const char *setting) {
  el_set(editor, EL_SETTY, mode, setting, NULL);
}

void shim_prepare_terminal(EditLine *editor, bool editing) {
  el_set(editor, EL_PREP_TERM, editing ? 1 : 0);
}

bool shim_is_editing(EditLine *editor) {
  int editing = 0;
  el_get(editor, EL_EDITMODE, &editing);
  return editing != 0;
}

bool shim_is_vi(EditLine *editor) {
  const char *name = NULL;
  return el_get(editor, EL_EDITOR, &name) == 0 && name && strcmp(name, "vi") == 0;
}

void shim_set_locale(void) {
  if (setlocale(LC_CTYPE, "C.UTF-8")) return;
  setlocale(LC_CTYPE, "");
}
