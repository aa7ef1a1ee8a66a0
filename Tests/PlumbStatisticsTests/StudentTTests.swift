import Glibc
import PlumbStatistics
import Testing

@Suite struct StudentTTests {
  /// Against the closed forms for 1, 2 and 4 degrees of freedom (Shaw 2006, "Sampling Student's T
  /// distribution").
  @Test(arguments: [0.0001, 0.025, 0.3, 0.5, 0.6, 0.9, 0.975, 0.995, 0.9999])
  func closedForms(_ p: Double) {
    let product = 4 * p * (1 - p)
    let sign = p < 0.5 ? -1.0 : 1.0
    let third = cos(acos(product.squareRoot()) / 3) / product.squareRoot()
    let expected = [
      1: tan(Double.pi * (p - 0.5)),
      2: 2 * (p - 0.5) * (2 / product).squareRoot(),
      4: sign * 2 * max(0, third - 1).squareRoot(),
    ]
    for (degrees, value) in expected {
      let quantile = studentTQuantile(p, degrees: Double(degrees))
      #expect(
        abs(quantile - value) <= 1e-11 * max(1, abs(value)), "\(degrees): \(quantile), \(value)")
    }
  }

  /// Against `scipy.stats.t.ppf` of SciPy 1.17, which has about eleven digits.
  @Test(
    arguments: [
      (0.975, 9.0, 2.262157162798205), (0.995, 4.0, 4.604094871349992),
      (0.9, 30.0, 1.3104150253913955), (0.75, 1e6, 0.6744899955310875),
    ] as [(Double, Double, Double)])
  func publishedValues(_ p: Double, _ degrees: Double, _ expected: Double) {
    let quantile = studentTQuantile(p, degrees: degrees)
    #expect(abs(quantile - expected) <= 1e-9 * abs(expected), "\(quantile)")
  }
}
