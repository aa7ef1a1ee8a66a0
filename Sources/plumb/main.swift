import Glibc
import PlumbCLI

exit(runCommand(Array(CommandLine.arguments.dropFirst())))
