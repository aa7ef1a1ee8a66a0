import Glibc
import PlumbSystem
import Synchronization

/// Runs `body(0)` … `body(taskCount - 1)` on up to `threadCount` threads, the caller among them,
/// and returns when all are done.
///
/// Threads claim the next task when they are free, so tasks may differ in size. Threads come from
/// a pool and have stacks of 8 MiB. A body may itself call this function.
package func parallelFor(threadCount: Int, taskCount: Int, _ body: @Sendable (Int) -> Void) {
  let helperCount = min(threadCount, taskCount) - 1
  guard helperCount > 0 else {
    for task in 0..<max(0, taskCount) { body(task) }
    return
  }
  withoutActuallyEscaping(body) { body in
    let job = ParallelJob(taskCount: taskCount, body: body)
    ThreadPool.shared.offer(job, helperCount: helperCount)
    job.runTasks()
    ThreadPool.shared.withdraw(job)
    job.release()
  }
}

/// The tasks of one call of `parallelFor`.
private final class ParallelJob: @unchecked Sendable {
  private let nextTask = Atomic<Int>(0)
  private let taskCount: Int
  private var body: (@Sendable (Int) -> Void)?
  /// The pool's threads at work on the job; guarded by the pool's lock.
  var activeHelpers = 0

  init(taskCount: Int, body: @escaping @Sendable (Int) -> Void) {
    self.taskCount = taskCount
    self.body = body
  }

  /// Claims and runs tasks until none is left.
  @inline(never)
  func runTasks() {
    guard let body else { return }
    while true {
      let task = nextTask.wrappingAdd(1, ordering: .relaxed).oldValue
      if task >= taskCount { return }
      body(task)
    }
  }

  /// Lets go of the body, which lives no longer than the call. No thread is at work any more.
  func release() { body = nil }
}

/// Threads that wait for jobs. The pool grows to the most helpers ever wanted at once.
private final class ThreadPool: @unchecked Sendable {
  static let shared = ThreadPool()

  private static let stackBytes = 8 << 20
  private static let maximumThreads = 512

  private let lock: UnsafeMutablePointer<pthread_mutex_t>
  private let workArrived: UnsafeMutablePointer<pthread_cond_t>
  private let helperLeft: UnsafeMutablePointer<pthread_cond_t>
  /// An entry for each helper that a job still wants.
  private var offers: [ParallelJob] = []
  private var threadCount = 0
  private var idleCount = 0

  private init() {
    lock = .allocate(capacity: 1)
    workArrived = .allocate(capacity: 1)
    helperLeft = .allocate(capacity: 1)
    pthread_mutex_init(lock, nil)
    pthread_cond_init(workArrived, nil)
    pthread_cond_init(helperLeft, nil)
  }

  func offer(_ job: ParallelJob, helperCount: Int) {
    pthread_mutex_lock(lock)
    for _ in 0..<helperCount { offers.append(job) }
    while idleCount < offers.count, threadCount < Self.maximumThreads, startThread() {}
    pthread_cond_broadcast(workArrived)
    pthread_mutex_unlock(lock)
  }

  /// Takes back what no helper has begun, and waits for those that have.
  func withdraw(_ job: ParallelJob) {
    pthread_mutex_lock(lock)
    offers.removeAll { $0 === job }
    while job.activeHelpers > 0 { pthread_cond_wait(helperLeft, lock) }
    pthread_mutex_unlock(lock)
  }

  /// Starts a thread; called with the lock held. Without one, the caller does all the work.
  private func startThread() -> Bool {
    guard PlumbSystem.startThread(stackBytes: Self.stackBytes, { ThreadPool.shared.serve() })
    else {
      return false
    }
    threadCount += 1
    idleCount += 1
    return true
  }

  private func serve() {
    pthread_mutex_lock(lock)
    while true {
      while offers.isEmpty { pthread_cond_wait(workArrived, lock) }
      let job = offers.removeFirst()
      job.activeHelpers += 1
      idleCount -= 1
      pthread_mutex_unlock(lock)
      job.runTasks()
      pthread_mutex_lock(lock)
      idleCount += 1
      job.activeHelpers -= 1
      if job.activeHelpers == 0 { pthread_cond_broadcast(helperLeft) }
    }
  }
}
