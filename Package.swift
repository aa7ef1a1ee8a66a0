// swift-tools-version: 6.2
import PackageDescription

/// The settings of every target: Swift 6 mode, no warnings, imports that document the layers.
let settings: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

func system(_ name: String, _ package: String, _ apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/\(name)", pkgConfig: package, providers: [.apt([apt])])
}

let package = Package(
  name: "plumb",
  products: [
    .library(name: "PlumbEngine", targets: ["PlumbEngine"]),
    .executable(name: "plumb", targets: ["plumb"]),
    // libFuzzer brings its own `main`, so that it links a library (scripts/fuzz).
    .library(name: "PlumbFuzz", type: .static, targets: ["PlumbFuzz"]),
  ],
  targets: [
    // C libraries, lowest first.
    system("CEditline", "libedit", "libedit-dev"),
    .target(name: "CEditlineShim", dependencies: ["CEditline"]),
    system("CBrotli", "libbrotlidec", "libbrotli-dev"),
    system("CLZ4", "liblz4", "liblz4-dev"),
    system("CPCRE2", "libpcre2-8", "libpcre2-dev"),
    system("CSodium", "libsodium", "libsodium-dev"),
    system("CSQLite", "sqlite3", "libsqlite3-dev"),
    system("CSnappy", "snappy", "libsnappy-dev"),
    system("CYAML", "yaml-0.1", "libyaml-dev"),
    system("CZlib", "zlib", "zlib1g-dev"),
    system("CZstd", "libzstd", "libzstd-dev"),
    // Only its header: the kernel loads the library when it starts.
    .systemLibrary(
      name: "CZeroMQ", path: "Sources/CZeroMQ", providers: [.apt(["libzmq3-dev"])]),
    // Only their headers: the libraries are loaded when an address of a server is opened.
    .systemLibrary(
      name: "CCurl", path: "Sources/CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CCurlShim", dependencies: ["CCurl"]),
    .systemLibrary(
      name: "CPostgres", path: "Sources/CPostgres", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMalloc", path: "Sources/CMalloc"),
    .systemLibrary(name: "CProcessor", path: "Sources/CProcessor"),
    .target(name: "CDemoStore"),

    // Leaves.
    library("PlumbSystem"),
    library("PlumbDiagnostics"),
    library("PlumbColumns", ["CMalloc", "CProcessor", "PlumbSystem"]),
    library("PlumbStatistics"),
    library("PlumbStdlib", ["CDemoStore", "CZlib"]),

    // Language and data.
    library("PlumbSyntax", ["PlumbDiagnostics"]),
    library(
      "PlumbFormats",
      [
        "CBrotli", "CCurl", "CCurlShim", "CLZ4", "CPostgres", "CSQLite", "CSnappy", "CYAML",
        "CZlib", "CZstd", "PlumbColumns", "PlumbSystem",
      ]),
    library("PlumbFunctions", ["CPCRE2", "PlumbColumns", "PlumbStatistics", "PlumbSystem"]),
    library("PlumbCharts", ["PlumbColumns", "PlumbDiagnostics"]),
    library(
      "PlumbOutput",
      [
        "PlumbCharts", "PlumbColumns", "PlumbDiagnostics", "PlumbFormats", "PlumbSystem",
      ]),

    // From a program to a result.
    library(
      "PlumbPlan",
      [
        "PlumbCharts", "PlumbColumns", "PlumbDiagnostics", "PlumbFunctions", "PlumbStatistics",
        "PlumbSyntax",
      ]),
    library(
      "PlumbExecution",
      [
        "PlumbCharts", "PlumbColumns", "PlumbDiagnostics", "PlumbFunctions", "PlumbPlan",
        "PlumbStatistics", "PlumbSystem",
      ]),
    library("PlumbAudit", ["PlumbColumns", "PlumbDiagnostics", "PlumbOutput", "PlumbSystem"]),
    library(
      "PlumbEngine",
      [
        "PlumbAudit", "PlumbCharts", "PlumbColumns", "PlumbDiagnostics", "PlumbExecution",
        "PlumbFormats", "PlumbFunctions", "PlumbOutput", "PlumbPlan", "PlumbStdlib",
        "PlumbSyntax", "PlumbSystem",
      ]),

    // The ways to use it.
    library(
      "PlumbShell",
      [
        "CEditline", "CEditlineShim", "PlumbAudit", "PlumbCharts", "PlumbColumns",
        "PlumbDiagnostics", "PlumbEngine", "PlumbFormats", "PlumbOutput", "PlumbSyntax",
        "PlumbSystem",
      ]),

    library(
      "PlumbJupyter",
      [
        "CSodium", "CZeroMQ", "PlumbAudit", "PlumbCharts", "PlumbColumns", "PlumbDiagnostics",
        "PlumbEngine", "PlumbOutput", "PlumbSyntax", "PlumbSystem",
      ]),

    library(
      "PlumbLSP",
      [
        "PlumbColumns", "PlumbDiagnostics", "PlumbEngine", "PlumbOutput", "PlumbSyntax",
        "PlumbSystem",
      ]),

    // The program.
    library(
      "PlumbCLI",
      [
        "PlumbAudit", "PlumbCharts", "PlumbColumns", "PlumbDiagnostics", "PlumbEngine",
        "PlumbFormats", "PlumbFunctions", "PlumbJupyter", "PlumbLSP", "PlumbOutput", "PlumbPlan",
        "PlumbShell", "PlumbStdlib", "PlumbSyntax", "PlumbSystem",
      ]),
    .executableTarget(
      name: "plumb", dependencies: ["CProcessor", "PlumbCLI"], swiftSettings: settings),

    // Tests.
    .target(
      name: "PlumbFuzz",
      dependencies: [
        "PlumbColumns", "PlumbColumnsTesting", "PlumbDiagnostics", "PlumbFormats", "PlumbSyntax",
        "PlumbSystem",
      ],
      path: "Tests/PlumbFuzz",
      swiftSettings: settings),
    tests("PlumbFuzzTests", ["PlumbFuzz"]),
    .target(
      name: "PlumbColumnsTesting", dependencies: ["PlumbColumns"],
      path: "Tests/PlumbColumnsTesting", swiftSettings: settings),
    tests("PlumbColumnsTests", ["PlumbColumns", "PlumbColumnsTesting"]),
    tests("PlumbStdlibTests", ["PlumbStdlib"]),
    tests("PlumbSystemTests", ["PlumbSystem"]),
    tests("PlumbChartsTests", ["PlumbCharts", "PlumbColumns"]),
    // The program is the process that the tests of the kernel speak with.
    tests(
      "PlumbJupyterTests",
      ["CZeroMQ", "PlumbColumns", "PlumbColumnsTesting", "PlumbJupyter", "plumb"]),
    tests("PlumbSyntaxTests", ["PlumbColumnsTesting", "PlumbDiagnostics", "PlumbSyntax"]),
    tests(
      "PlumbFormatsTests", ["CSQLite", "PlumbColumns", "PlumbColumnsTesting", "PlumbFormats"]),
    tests(
      "PlumbFunctionsTests",
      ["PlumbColumns", "PlumbDiagnostics", "PlumbFunctions", "PlumbSyntax"]),
    tests("PlumbStatisticsTests", ["PlumbColumnsTesting", "PlumbStatistics"]),
    tests(
      "PlumbPlanTests",
      [
        "PlumbColumns", "PlumbColumnsTesting", "PlumbDiagnostics", "PlumbExecution",
        "PlumbFunctions", "PlumbPlan",
      ]),
    tests("PlumbAuditTests", ["PlumbAudit", "PlumbColumns"]),
    tests("PlumbOutputTests", ["PlumbColumns", "PlumbDiagnostics", "PlumbOutput"]),
    tests(
      "PlumbExecutionTests",
      [
        "PlumbColumns", "PlumbColumnsTesting", "PlumbDiagnostics", "PlumbExecution",
        "PlumbFunctions", "PlumbPlan",
      ]),
    tests("PlumbCLITests", ["CSQLite", "PlumbColumnsTesting", "plumb"]),
    tests(
      "PlumbEngineTests",
      [
        "PlumbAudit", "PlumbColumns", "PlumbColumnsTesting", "PlumbDiagnostics", "PlumbEngine",
        "PlumbFormats",
        "PlumbFunctions",
        "PlumbOutput", "PlumbPlan", "PlumbStdlib", "PlumbSyntax",
      ]),
    tests(
      "PlumbShellTests",
      [
        "PlumbColumns", "PlumbDiagnostics", "PlumbEngine", "PlumbOutput", "PlumbShell",
        "PlumbSyntax",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
