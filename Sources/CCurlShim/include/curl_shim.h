#ifndef CURL_SHIM_H
#define CURL_SHIM_H

#include <curl/curl.h>

// Swift cannot call functions that take a variable number of arguments. These call the ones of
// libcurl, whose addresses the caller has found: `setopt` is curl_easy_setopt, `getinfo` is
// curl_easy_getinfo.

typedef void (*shim_function)(void);

CURLcode shim_set_number(shim_function setopt, CURL *easy, CURLoption option, long value);
CURLcode shim_set_text(shim_function setopt, CURL *easy, CURLoption option, const char *value);
CURLcode shim_set_address(shim_function setopt, CURL *easy, CURLoption option, void *value);
CURLcode shim_set_receiver(shim_function setopt, CURL *easy, CURLoption option,
                           curl_write_callback value);
CURLcode shim_get_number(shim_function getinfo, CURL *easy, CURLINFO what, long *value);
CURLcode shim_get_text(shim_function getinfo, CURL *easy, CURLINFO what, const char **value);

#endif
