import Glibc
import Synchronization
import Testing

@testable import PlumbShell

@Suite struct MistakeFinderTests {
  @Test func whatIsFoundIsAnnounced() throws {
    let made = MistakeFinder(find: { [0..<$0.utf8.count] }, cancel: {})
    let finder = try #require(made)
    #expect(finder.take() == nil)
    for text in ["abc", "defg"] {
      finder.look(at: text)
      var descriptor = pollfd(fd: finder.descriptor, events: Int16(POLLIN), revents: 0)
      #expect(poll(&descriptor, 1, 10_000) == 1)
      #expect(finder.take() == MistakeFinder.Found(text: text, places: [0..<text.utf8.count]))
      #expect(!finder.isBusy)
      #expect(poll(&descriptor, 1, 0) == 0)
    }
  }

  @Test func stoppingCancelsAndWaits() throws {
    let isCancelled = Flag()
    let made = MistakeFinder(
      find: { _ in
        while !isCancelled.value.load(ordering: .relaxed) { usleep(1000) }
        return []
      }, cancel: { isCancelled.value.store(true, ordering: .relaxed) })
    let finder = try #require(made)
    finder.look(at: "abc")
    #expect(finder.isBusy)
    finder.stop()
    #expect(!finder.isBusy)
    #expect(finder.take() == nil)
  }

  private final class Flag: Sendable {
    let value = Atomic<Bool>(false)
  }
}
