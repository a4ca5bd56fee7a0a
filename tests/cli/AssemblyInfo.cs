// A served cluster takes both cores; two at a time only make each other slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
