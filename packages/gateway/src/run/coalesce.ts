/**
 * Joins calls of a task that must not overlap with itself: those during a run share the run that follows it. Each caller thus gets
 * the result of a run that started after its call.
 */

// constructors

/** The task of the last call is the one that runs. A task must not reject. */
export const coalesce = <A>(): ((task: () => Promise<A>) => Promise<A>) => {
  let current: Promise<A> | undefined
  let next: { task: () => Promise<A>; readonly done: Promise<A> } | undefined
  const start = (task: () => Promise<A>): Promise<A> => {
    const run = task()
    current = run
    void run.then(() => {
      if (current === run && next === undefined) current = undefined
    })
    return run
  }
  return (task) => {
    if (next !== undefined) {
      next.task = task
      return next.done
    }
    if (current === undefined) return start(task)
    const done = current.then(() => {
      const due = next?.task ?? task
      next = undefined
      return start(due)
    })
    next = { task, done }
    return done
  }
}
