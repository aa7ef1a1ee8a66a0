import PlumbDiagnostics
import Testing

@testable import PlumbShell

@Suite struct EntryTests {
  @Test func whatEntriesAre() {
    #expect(Entry("  \n ") == .nothing)
    #expect(Entry(".tables") == .command(name: "tables", arguments: ""))
    #expect(Entry(" .open a b.db ") == .command(name: "open", arguments: "a b.db"))
    #expect(Entry(".") == .command(name: "", arguments: ""))
    #expect(Entry("?join") == .help("join"))
    #expect(Entry("?") == .help(nil))
    #expect(Entry("help") == .help(nil))
    #expect(Entry("help join") == .help("join"))
    #expect(Entry("help(join)") == .program("help(join)"))
    #expect(Entry("help | take 5") == .program("help | take 5"))
    #expect(Entry("exit") == .command(name: "quit", arguments: ""))
    #expect(Entry("quit ") == .command(name: "quit", arguments: ""))
    #expect(Entry("exit()") == .command(name: "quit", arguments: ""))
    #expect(Entry("runs.status?") == .help("runs.status"))
    #expect(Entry("a ?? b") == .program("a ?? b"))
    #expect(Entry("SHOW TABLES;") == .foreign("show tables"))
    #expect(Entry("quit | take 1") == .program("quit | take 1"))
    #expect(Entry("\\d runs") == .foreign("\\d"))
    #expect(Entry("runs") == .program("runs"))
    #expect(Entry("| take 5") == .program("| take 5"))
  }

  @Test func enterDecidesByTheGrammar() {
    for whole in ["runs", "runs | take 5", "| take 5", ".tables", "?join", "x ==)", "let a = 1"] {
      #expect(Shell.isWhole(whole), "\(whole)")
    }
    for part in ["runs |", "f(1,", "x ==", "if a {", "\"\"\"text", "[1, 2"] {
      #expect(!Shell.isWhole(part), "\(part)")
    }
  }

  @Test func secretsOfAddressesAreNotKept() {
    #expect(
      redactingSecrets("open \"pg://me:s3cret@host/db?sslmode=off\" as p")
        == "open \"pg://me:***@host/db?sslmode=off\" as p")
    #expect(
      redactingSecrets(".open https://host/a?token=abc&n=5") == ".open https://host/a?token=***&n=5"
    )
    #expect(
      redactingSecrets("read('s3://b/k?X-Amz-Signature=ff&x=1') | take 1")
        == "read('s3://b/k?X-Amz-Signature=***&x=1') | take 1")
    #expect(redactingSecrets("pg://user@host/a:b@c") == "pg://user@host/a:b@c")
    #expect(redactingSecrets("a == \"b:c@d\"") == "a == \"b:c@d\"")
  }

  @Test func secretsThatAreAssignedAreNotKept() {
    for (text, kept) in [
      ("open \"db\", password = \"a b\", n = 1", "open \"db\", password = \"***\", n = 1"),
      ("let api_token='x'", "let api_token='***'"),
      (".open host=a password=x dbname=d", ".open host=a password=*** dbname=d"),
      ("runs | where tags.token == \"x\"", "runs | where tags.token == \"x\""),
      ("runs | derive token = lower(user)", "runs | derive token = lower(user)"),
      ("let n = 1; n = 2", "let n = 1; n = 2"),
    ] {
      #expect(redactingSecrets(text) == kept)
    }
  }

  @Test func elapsedTimes() {
    #expect(elapsedText(0.00042) == "0.4 ms")
    #expect(elapsedText(0.0126) == "13 ms")
    #expect(elapsedText(1.2345) == "1.23 s")
    #expect(elapsedText(125.4) == "2 min 5 s")
  }
}
