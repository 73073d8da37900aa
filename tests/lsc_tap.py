"""Python's unittest, with TAP for meson: main() runs the tests of the program that calls it."""

import sys
import unittest


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def line(self, word, test, text="", directive=""):
        self.number += 1
        print("%s %d %s%s" % (word, self.number, test.id().split(".", 1)[1], directive))
        for part in text.splitlines():
            print("# " + part)
        sys.stdout.flush()

    def addSuccess(self, test):
        self.line("ok", test)

    def addSkip(self, test, reason):
        self.line("ok", test, directive=" # SKIP " + reason)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.line("not ok", test, self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.line("not ok", test, self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        # The test that it belongs to gets no success then: its line is written here, once.
        super().addSubTest(test, subtest, err)
        if err is not None and getattr(test, "told", None) is None:
            test.told = True
            self.line("not ok", test)
        if err is not None:
            for part in (str(subtest) + "\n" + self._exc_info_to_string(err, test)).splitlines():
                print("# " + part)


def main():
    tests = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    print("1..%d" % tests.countTestCases())
    result = TapResult()
    tests.run(result)
    sys.exit(0 if result.wasSuccessful() else 1)
