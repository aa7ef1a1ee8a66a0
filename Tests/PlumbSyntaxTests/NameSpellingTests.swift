import PlumbSyntax
import Testing

@Suite struct NameSpellingTests {
  @Test func identifiersStandAsTheyAre() {
    #expect(NameSpelling.name("val_auc2") == "val_auc2")
    #expect(NameSpelling.column("metrics.val_auc") == "metrics.val_auc")
    #expect(NameSpelling.column("a.b.c") == "a.b.c")
  }

  @Test func otherNamesStandInBackquotes() {
    #expect(NameSpelling.name("odd name") == "`odd name`")
    #expect(NameSpelling.name("2nd") == "`2nd`")
    #expect(NameSpelling.name("and") == "`and`")
    #expect(NameSpelling.name("größe") == "`größe`")
    #expect(NameSpelling.column("metrics.val/acc") == "metrics.`val/acc`")
    #expect(NameSpelling.column("tags.mlflow.source.name") == "tags.mlflow.source.name")
    #expect(NameSpelling.column("tags.mlflow.run-name") == "tags.`mlflow.run-name`")
    #expect(NameSpelling.key("in") == "`in`")
  }

  @Test func inAMessageEachIsQuotedOnce() {
    #expect(NameSpelling.quoted("auc") == "`auc`")
    #expect(NameSpelling.quoted("metrics.val/acc") == "metrics.`val/acc`")
  }
}
