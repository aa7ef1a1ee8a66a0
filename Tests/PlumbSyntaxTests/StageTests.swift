import PlumbDiagnostics
import PlumbSyntax
import Testing

@Suite struct StageTests {
  @Test func columns() {
    #expect(stage("where a and b") == "(where (and a b))")
    #expect(stage("select a, b.c, d = a + 1") == "(select a (. b c) d=(+ a 1))")
    #expect(
      stage("select tags.*, *, * except (a, tags.*, /x/)")
        == "(select tags.* * * except(a tags.* /x/))")
    #expect(stage("select b.tags.* except (owner)") == "(select (. b tags).* except(owner))")
    #expect(stage("select /^val_[a-z'\"#]+\\/x/, a") == "(select /^val_[a-z'\"#]+/x/ a)")
    #expect(tree("t | select tags.*\nb") == "(pipe t (select tags.*))\nb")
    #expect(tree("t | select /a/\nb") == "(pipe t (select /a/))\nb")
    #expect(
      stage("derive x = 1, tags.owner = \"a\", `y z` = x")
        == "(derive x=1 tags.owner=\"a\" `y z`=x)")
    #expect(stage("drop a, tags.*, /x/") == "(drop a tags.* /x/)")
    #expect(stage("rename new = old, other = params.x") == "(rename new=old other=(. params x))")
    #expect(codes("t | select a,\n") == ["E0110"])
    #expect(tree("t | select a, | take 3") == "(pipe t (select a) (take 3))")
    #expect(stage("where a / b / c > 1") == "(where (> (/ (/ a b) c) 1))")
    #expect(stage("where on / 2 / 3 > 1") == "(where (> (/ (/ on 2) 3) 1))")
  }

  @Test func rows() {
    #expect(
      stage("summarize n = count(), mean(x) by k, w = bucket(t, 1w)")
        == "(summarize n=(call count) (call mean x) by k w=(call bucket t 604800000000us))")
    #expect(stage("summarize by k") == "(summarize by k)")
    #expect(stage("summarize by = count() by by") == "(summarize by=(call count) by by)")
    #expect(stage("summarize n = max(x), by = 1") == "(summarize n=(call max x) by=1)")
    #expect(stage("sort -a, b, -(a + b)") == "(sort desc a b desc (paren (+ a b)))")
    #expect(
      stage("sort -metrics.x, -f(a)[0]") == "(sort desc (. metrics x) desc ([] (call f a) 0))")
    #expect(stage("sort a + b") == "(sort (+ a b))")
    #expect(stage("take 3") == "(take 3)")
    #expect(stage("take n * 2") == "(take (* n 2))")
    #expect(stage("skip 3") == "(skip 3)")
    #expect(stage("tail 3") == "(tail 3)")
    #expect(stage("sample 3 seed = 4") == "(sample 3 seed=4)")
    #expect(stage("top 3 by -x per a, b = c with ties") == "(top 3 desc x per a b=c with-ties)")
    #expect(stage("top n by x with ties per a") == "(top n x per a with-ties)")
    #expect(stage("distinct") == "(distinct)")
    #expect(stage("distinct a, tags.*") == "(distinct a tags.*)")
    #expect(stage("count") == "(count)")
    #expect(stage("count()") == "(count)")
    #expect(stage("describe") == "(describe)")
    #expect(stage("explode aliases") == "(explode aliases)")
  }

  @Test func tables() {
    #expect(stage("join u on k") == "(join inner u on k)")
    #expect(
      stage("join left u on a, b == c suffix = \"_x\"") == "(join left u on a b==c suffix=\"_x\")")
    #expect(stage("join u on a, suffix = \"_x\"") == "(join inner u on a suffix=\"_x\")")
    #expect(stage("join anti (u | take 3) on k") == "(join anti (paren (pipe u (take 3))) on k)")
    #expect(stage("join anti(3) on k") == "(join inner (call anti 3) on k)")
    #expect(stage("join left on k") == "(join inner left on k)")
    #expect(stage("join left $u on k") == "(join left $u on k)")
    #expect(stage("join b.runs on k") == "(join inner (. b runs) on k)")
    #expect(stage("join read(\"a\") on k") == "(join inner (call read \"a\") on k)")
    #expect(stage("lookup u on k") == "(lookup u on k)")
    #expect(
      stage("asof u on t by k, l == m direction = \"forward\" tolerance = 1h")
        == "(asof u on t by k l==m direction=\"forward\" tolerance=3600000000us)")
    #expect(
      stage("asof u on t by k, tolerance = 1h") == "(asof u on t by k tolerance=3600000000us)")
    #expect(stage("union u") == "(union u)")
    #expect(stage("union (u | take 3)") == "(union (paren (pipe u (take 3))))")
  }

  @Test func shapes() {
    #expect(
      stage("window m = mean(x) by k, l = f(a) sort -a, b rows -9..0")
        == "(window m=(call mean x) by k l=(call f a) sort desc a b rows (- 9)..0)")
    #expect(
      stage("window m = mean(x) rows ..0 sort a by k")
        == "(window m=(call mean x) by k sort a rows ..0)")
    #expect(stage("window m = mean(x), n = lag(x)") == "(window m=(call mean x) n=(call lag x))")
    #expect(
      stage("pivot max(x) by key in [\"a\"] per k, l")
        == "(pivot (call max x) by key in (list \"a\") per k l)")
    #expect(stage("pivot v = max(x) by key") == "(pivot v=(call max x) by key)")
    #expect(
      stage("unpivot a, metrics.*, /b/ into key, value")
        == "(unpivot a metrics.* /b/ into key value)")
    #expect(stage("fill t every 1d by a, b") == "(fill t every 86400000000us by a b)")
    #expect(stage("pareto max(a), min(b + 1)") == "(pareto max a min (+ b 1))")
    #expect(stage("save \"a.csv\"") == "(save \"a.csv\")")
    #expect(
      stage("plot line x = a, y = b + 1 color = c, title = \"t\"")
        == "(plot line x=a y=(+ b 1) color=c title=\"t\")")
    #expect(stage("plot hist x = a") == "(plot hist x=a)")
  }

  @Test func drift() {
    #expect(stage("drift against u") == "(drift against u)")
    #expect(
      stage("drift against u on a, b by k over t every 1d method = \"psi\" alpha = 0.1")
        == "(drift against u on a b by k over t every 86400000000us method=\"psi\" alpha=0.1)")
    #expect(
      stage("drift against u on a, b correction = \"bh\"")
        == "(drift against u on a b correction=\"bh\")")
    #expect(
      stage("drift against u on a, method = \"psi\"") == "(drift against u on a method=\"psi\")")
    #expect(
      stage("drift against previous over t every 1w")
        == "(drift against previous over t every 604800000000us)")
    #expect(
      stage("drift against first 30d over t every 1d")
        == "(drift against first 2592000000000us over t every 86400000000us)")
    #expect(stage("drift against first on a") == "(drift against first on a)")
    #expect(
      stage("drift against (u | take 3) on /^score/")
        == "(drift against (paren (pipe u (take 3))) on /^score/)")
  }

  @Test func calls() {
    #expect(stage("leaders(2)") == "(call leaders 2)")
    #expect(stage("drift.report(x = 3)") == "(call (. drift report) x=3)")
    #expect(stage("own.where(1)") == "(call (. own where) 1)")
    #expect(stage("f(u | take 3)") == "(call f (pipe u (take 3)))")
  }

  @Test func optionsAndClausesAreChecked() {
    #expect(codes("t | sample 3 sed = 1") == ["E0119"])
    #expect(codes("t | take 3 n = 1") == ["E0110"])
    #expect(codes("t | join u on k suffix = \"a\" suffix = \"b\"") == ["E0120"])
    #expect(codes("t | join u") == ["E0127"])
    #expect(codes("t | top 3") == ["E0127"])
    #expect(codes("t | fill x") == ["E0127"])
    #expect(codes("t | unpivot a") == ["E0127"])
    #expect(codes("t | drift") == ["E0127"])
    #expect(codes("t | pareto a") == ["E0110"])
    #expect(codes("t | derive a") == ["E0110"])
    #expect(codes("t | window a = 1 rows 3") == ["E0110"])
    #expect(codes("t | summarize n = count(), by k") == ["E0110"])
    #expect(codes("t | sort -a + b") == ["E0118"])
    #expect(codes("t | count by k") == ["E0110"])
    #expect(codes("t | join u on a = b") == ["E0117"])
    #expect(codes("t | join u on a and b") == ["E0110"])
  }
}
