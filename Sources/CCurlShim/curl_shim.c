#include "curl_shim.h"

typedef CURLcode (*setopt_function)(CURL *, CURLoption, ...);
typedef CURLcode (*getinfo_function)(CURL *, CURLINFO, ...);

CURLcode shim_set_number(shim_function setopt, CURL *easy, CURLoption option, long value) {
  return ((setopt_function)setopt)(easy, option, value);
}

CURLcode shim_set_text(shim_function setopt, CURL *easy, CURLoption option, const char *value) {
  return ((setopt_function)setopt)(easy, option, value);
}

CURLcode shim_set_address(shim_function setopt, CURL *easy, CURLoption option, void *value) {
  return ((setopt_function)setopt)(easy, option, value);
}

CURLcode shim_set_receiver(shim_function setopt, CURL *easy, CURLoption option,
                           curl_write_callback value) {
  return ((setopt_function)setopt)(easy, option, value);
}

CURLcode shim_get_number(shim_function getinfo, CURL *easy, CURLINFO what, long *value) {
  return ((getinfo_function)getinfo)(easy, what, value);
}

CURLcode shim_get_text(shim_function getinfo, CURL *easy, CURLINFO what, const char **value) {
  return ((getinfo_function)getinfo)(easy, what, value);
}
