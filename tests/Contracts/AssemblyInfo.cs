// Torch's generator and its thread count belong to the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
