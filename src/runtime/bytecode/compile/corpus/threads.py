def worker(lock, counter, times):
    for _ in range(times):
        lock.acquire()
        try:
            counter.value += 1
        finally:
            lock.release()

def main(start_new_thread, lock, counter):
    done = []
    for i in range(4):
        start_new_thread(lambda n=i: done.append(worker(lock, counter, n)), ())
    while len(done) < 4:
        pass
    return counter.value
