"""`jupyter_kernel_test` for the kernel, with all of its features that the language has."""
import unittest

import jupyter_kernel_test


class PlumbKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "plumb"
    language_name = "plumb"
    file_extension = ".plumb"
    code_hello_world = 'print("hello, world")'
    code_stderr = 'read("Tests/Fixtures/golden/latin1.csv") | count'
    code_page_something = "?summarize"
    code_generate_error = "1 // 0"
    completion_samples = [
        {"text": "runs | summar", "matches": {"summarize"}},
        {"text": 'let t = table([{alpha: 1}]); t | where alp', "matches": {"alpha"}},
    ]
    complete_code_samples = ["1", 'print("a")', "let x = 1\nx | take 1", "?top"]
    incomplete_code_samples = ["runs |", "for i in 1..3 {", "table([", '"""open']
    invalid_code_samples = ["1 +* 2", ")", "runs | | take"]
    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": '"é" + "𝄞"', "result": "é𝄞"},
        {"code": "table([{a: 1}])", "mime": "text/html"},
        {"code": "table([{a: 1}]) | plot bar x = a", "mime": "application/vnd.vegalite.v5+json"},
        {"code": "table([{a: 1}]) | plot bar x = a", "mime": "image/svg+xml"},
    ]
    code_display_data = [{"code": "1\n2", "mime": "text/plain"}]
    code_history_pattern = "1 + ?"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "summarize"


class PlumbWelcomeTests(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = "plumb"
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main()
