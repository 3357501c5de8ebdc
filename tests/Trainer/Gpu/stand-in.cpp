// Stands in for NVIDIA's driver and for NCCL on machines without a GPU: "device memory" is main memory. Streams are threads that carry out
// what they are given in order, and late, so that whoever does not wait for an event finds old numbers. A call outside of a context fails.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace {

constexpr int kSuccess = 0, kInvalidContext = 201, kNotReady = 600;
constexpr int kNcclInvalidArgument = 4, kNcclInProgress = 7;

thread_local void* context = nullptr;

struct Event {
    std::mutex gate;
    std::condition_variable changed;
    long recorded = 0, reached = 0;

    long record() {
        std::lock_guard<std::mutex> lock(gate);
        return ++recorded;
    }

    void reach(long place) {
        std::lock_guard<std::mutex> lock(gate);
        if (place > reached) reached = place;
        changed.notify_all();
    }

    long newest() {
        std::lock_guard<std::mutex> lock(gate);
        return recorded;
    }

    void await(long place) {
        std::unique_lock<std::mutex> lock(gate);
        changed.wait(lock, [&] { return reached >= place; });
    }
};

struct Stream {
    std::mutex gate;
    std::condition_variable changed;
    std::deque<std::function<void()>> work;
    bool busy = false, ended = false;
    std::thread thread{[this] { run(); }};

    void give(std::function<void()> item) {
        std::lock_guard<std::mutex> lock(gate);
        work.push_back(std::move(item));
        changed.notify_all();
    }

    void finish() {
        std::unique_lock<std::mutex> lock(gate);
        changed.wait(lock, [&] { return work.empty() && !busy; });
    }

    void end() {
        finish();
        {
            std::lock_guard<std::mutex> lock(gate);
            ended = true;
            changed.notify_all();
        }
        thread.join();
    }

    void run() {
        std::unique_lock<std::mutex> lock(gate);
        while (true) {
            changed.wait(lock, [&] { return ended || !work.empty(); });
            if (work.empty()) return;
            auto item = std::move(work.front());
            work.pop_front();
            busy = true;
            lock.unlock();
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            item();
            lock.lock();
            busy = false;
            changed.notify_all();
        }
    }
};

struct Sum {
    std::map<int, float*> parts;
    bool done = false;
};

struct Group {
    std::mutex gate;
    std::condition_variable changed;
    int joined = 0;
    std::map<long, Sum> sums;
};

struct Communicator {
    std::shared_ptr<Group> group;
    int ranks, rank;
    long next = 0;
    bool aborted = false;
};

struct UniqueId {
    char bytes[128];
};

struct Config {
    size_t size;
    unsigned magic, version;
    int blocking;
};

std::mutex groups_gate;
std::map<std::string, std::shared_ptr<Group>> groups;
int drawn = 0;

void add(Communicator* communicator, long place, float* values, size_t count) {
    Group& group = *communicator->group;
    std::unique_lock<std::mutex> lock(group.gate);
    Sum& sum = group.sums[place];
    sum.parts[communicator->rank] = values;
    if (static_cast<int>(sum.parts.size()) == communicator->ranks) {
        std::vector<float> total(count, 0.0F);
        for (auto& part : sum.parts)
            for (size_t i = 0; i < count; i++) total[i] += part.second[i];
        for (auto& part : sum.parts) std::memcpy(part.second, total.data(), count * sizeof(float));
        sum.done = true;
        group.changed.notify_all();
    }
    group.changed.wait(lock, [&] { return sum.done || communicator->aborted; });
}

}  // namespace

extern "C" {

int cuInit(unsigned) { return kSuccess; }

int cuGetErrorString(int, const char** text) {
    *text = "the stand-in refuses";
    return kSuccess;
}

int cuDeviceGet(int* device, int ordinal) {
    *device = ordinal;
    return kSuccess;
}

int cuDeviceGetUuid(unsigned char* uuid, int device) {
    std::memset(uuid, 0, 16);
    uuid[15] = static_cast<unsigned char>(device);
    return kSuccess;
}

int cuDevicePrimaryCtxRetain(void** made, int device) {
    *made = reinterpret_cast<void*>(static_cast<intptr_t>(device + 1));
    return kSuccess;
}

int cuDevicePrimaryCtxRelease_v2(int) { return kSuccess; }

int cuCtxSetCurrent(void* entered) {
    context = entered;
    return kSuccess;
}

int cuStreamCreate(void** made, unsigned flags) {
    if (context == nullptr || flags != 1) return kInvalidContext;
    *made = new Stream();
    return kSuccess;
}

int cuStreamDestroy_v2(void* stream) {
    static_cast<Stream*>(stream)->end();
    delete static_cast<Stream*>(stream);
    return kSuccess;
}

int cuStreamSynchronize(void* stream) {
    static_cast<Stream*>(stream)->finish();
    return kSuccess;
}

int cuEventCreate(void** made, unsigned) {
    if (context == nullptr) return kInvalidContext;
    *made = new Event();
    return kSuccess;
}

int cuEventDestroy_v2(void* event) {
    delete static_cast<Event*>(event);
    return kSuccess;
}

int cuEventQuery(void* event) {
    auto* asked = static_cast<Event*>(event);
    std::lock_guard<std::mutex> lock(asked->gate);
    return asked->reached >= asked->recorded ? kSuccess : kNotReady;
}

// The computing stream (null) is the calling thread itself.
int cuEventRecord(void* event, void* stream) {
    if (context == nullptr) return kInvalidContext;
    auto* recorded = static_cast<Event*>(event);
    long place = recorded->record();
    if (stream == nullptr) recorded->reach(place);
    else static_cast<Stream*>(stream)->give([=] { recorded->reach(place); });
    return kSuccess;
}

int cuStreamWaitEvent(void* stream, void* event, unsigned) {
    if (context == nullptr) return kInvalidContext;
    auto* awaited = static_cast<Event*>(event);
    long place = awaited->newest();
    if (stream == nullptr) awaited->await(place);
    else static_cast<Stream*>(stream)->give([=] { awaited->await(place); });
    return kSuccess;
}

int cuMemcpyDtoHAsync_v2(void* main, uint64_t device, size_t bytes, void* stream) {
    if (context == nullptr) return kInvalidContext;
    static_cast<Stream*>(stream)->give([=] { std::memcpy(main, reinterpret_cast<void*>(device), bytes); });
    return kSuccess;
}

int cuMemcpyHtoDAsync_v2(uint64_t device, const void* main, size_t bytes, void* stream) {
    if (context == nullptr) return kInvalidContext;
    static_cast<Stream*>(stream)->give([=] { std::memcpy(reinterpret_cast<void*>(device), main, bytes); });
    return kSuccess;
}

int ncclGetVersion(int* version) {
    *version = 21805;
    return kSuccess;
}

const char* ncclGetErrorString(int) { return "the stand-in refuses"; }

int ncclGetUniqueId(UniqueId* id) {
    std::lock_guard<std::mutex> lock(groups_gate);
    std::memset(id->bytes, 0, sizeof(id->bytes));
    std::string name = "group " + std::to_string(drawn++);
    std::memcpy(id->bytes, name.data(), name.size());
    return kSuccess;
}

int ncclCommInitRankConfig(void** made, int ranks, UniqueId id, int rank, Config* config) {
    if (context == nullptr || config->size < 20 || config->magic != 0xcafebeef || config->blocking != 0) return kNcclInvalidArgument;
    std::lock_guard<std::mutex> lock(groups_gate);
    auto& group = groups[std::string(id.bytes)];
    if (!group) group = std::make_shared<Group>();
    std::lock_guard<std::mutex> inner(group->gate);
    group->joined++;
    *made = new Communicator{group, ranks, rank};
    return kNcclInProgress;
}

int ncclCommGetAsyncError(void* communicator, int* status) {
    auto* asked = static_cast<Communicator*>(communicator);
    std::lock_guard<std::mutex> lock(asked->group->gate);
    *status = asked->group->joined < asked->ranks ? kNcclInProgress : kSuccess;
    return kSuccess;
}

int ncclAllReduce(const void* from, void* to, size_t count, int type, int operation, void* communicator, void* stream) {
    if (context == nullptr || from != to || type != 7 || operation != 0) return kNcclInvalidArgument;
    auto* asked = static_cast<Communicator*>(communicator);
    long place = asked->next++;
    static_cast<Stream*>(stream)->give([=] { add(asked, place, static_cast<float*>(to), count); });
    return kSuccess;
}

// The memory stays: the stream's thread may still look at it.
int ncclCommAbort(void* communicator) {
    auto* left = static_cast<Communicator*>(communicator);
    std::lock_guard<std::mutex> lock(left->group->gate);
    left->aborted = true;
    left->group->changed.notify_all();
    return kSuccess;
}

}  // extern "C"
