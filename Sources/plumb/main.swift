import CProcessor
import Glibc
import PlumbCLI

guard processor_is_sufficient() else {
  let message = """
    plumb: this program needs a processor with AVX2, FMA and BMI2 (2013 or later);
      `PLUMB_TARGET_CPU=x86-64 scripts/build` builds one that runs on any

    """
  _ = message.withCString { write(2, $0, strlen($0)) }
  exit(3)
}
exit(runCommand(Array(CommandLine.arguments.dropFirst())))
