using System.Threading.Channels;

namespace Granary.Dashboard.Explaining;

/// <summary>
/// Makes explanations one after the other: fetches the checkpoint, runs the trainer, keeps the pictures. The same request is made once; of
/// the finished ones the oldest go when there are too many.
/// </summary>
internal sealed partial class ExplainQueue : BackgroundService
{
    private readonly ExplainOptions _options;
    private readonly CheckpointCache _checkpoints;
    private readonly ILogger<ExplainQueue> _logger;
    private readonly string _pictures;
    private readonly Channel<ExplainRequest> _waiting;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ExplainJob> _jobs = [];
    private readonly LinkedList<string> _order = new();

    /// <summary>An empty queue; pictures of an earlier process are removed.</summary>
    public ExplainQueue(ExplainOptions options, V1.Artifacts.ArtifactsClient artifacts, ILogger<ExplainQueue> logger)
    {
        _options = options;
        _logger = logger;
        _checkpoints = new CheckpointCache(artifacts, Path.Combine(options.Folder, "checkpoints"), options.MostCheckpointBytes);
        _pictures = Path.Combine(options.Folder, "pictures");
        _waiting = Channel.CreateBounded<ExplainRequest>(options.MostWaiting);
        Remove(_pictures);
    }

    /// <summary>Why no explanation can be made here; null when it can.</summary>
    public string? Unavailable => _options.Trainer is null
        ? "The trainer is not installed beside this dashboard, so it can draw nothing; use granary explain where the trainer is."
        : null;

    /// <summary>The explanation as it stands, begun when it is new or has failed before; null when too many are waiting.</summary>
    /// <param name="request">What to draw.</param>
    public ExplainJob? Ask(ExplainRequest request)
    {
        string id = request.Id;
        lock (_lock)
        {
            if (_jobs.TryGetValue(id, out ExplainJob? known) && known.State != ExplainState.Failed)
            {
                return known;
            }

            if (!_waiting.Writer.TryWrite(request))
            {
                return null;
            }

            _order.Remove(id);
            _order.AddLast(id);
            return _jobs[id] = new ExplainJob(id, ExplainState.Queued, "", Path.Combine(_pictures, id));
        }
    }

    /// <summary>The explanation as it stands; null when there is none of that name, or not any more.</summary>
    /// <param name="id">Its name.</param>
    public ExplainJob? Find(string id)
    {
        lock (_lock)
        {
            return _jobs.GetValueOrDefault(id);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (ExplainRequest request in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            string id = request.Id;
            Change(id, job => job with { State = ExplainState.Running });
            try
            {
                await DrawAsync(request, Find(id)!.Folder, stoppingToken);
                Change(id, job => job with { State = ExplainState.Done });
                LogDrawn(id);
            }
            catch (Exception error) when (!stoppingToken.IsCancellationRequested)
            {
                string reason = error is ExplainException ? error.Message : $"{error.GetType().Name}: {error.Message}";
                Remove(Find(id)!.Folder);
                Change(id, job => job with { State = ExplainState.Failed, Reason = reason });
                LogFailed(id, reason);
            }

            Forget();
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_options.Temporary)
        {
            Remove(_options.Folder);
        }
    }

    private async Task DrawAsync(ExplainRequest request, string folder, CancellationToken cancellationToken)
    {
        string manifest = await _checkpoints.FetchAsync(request, cancellationToken);
        Directory.CreateDirectory(folder);
        string upload = Path.Combine(folder, request.Picture?.Name ?? "none");
        List<string> arguments = ["explain", manifest, "--out", folder, "--device", "cpu"];
        if (request.Picture is { } picture)
        {
            await File.WriteAllBytesAsync(upload, picture.Bytes, cancellationToken);
            arguments.AddRange(["--image", upload]);
        }
        else if (request.Example is { } example)
        {
            arguments.AddRange(["--example", FormattableString.Invariant($"{example}")]);
        }

        if (request.ValidationSet)
        {
            arguments.Add("--data");
        }

        try
        {
            await TrainerRun.RunAsync(_options.Trainer!, arguments, _options.Limit, cancellationToken);
        }
        catch (ExplainException error)
        {
            // Where this machine keeps things is nobody's business.
            throw new ExplainException(error.Message.Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(upload);
        }
    }

    private void Change(string id, Func<ExplainJob, ExplainJob> change)
    {
        lock (_lock)
        {
            _jobs[id] = change(_jobs[id]);
        }
    }

    private void Forget()
    {
        lock (_lock)
        {
            while (_order.Count > _options.MostKept
                && _jobs[_order.First!.Value] is { State: ExplainState.Done or ExplainState.Failed } oldest)
            {
                _order.RemoveFirst();
                _jobs.Remove(oldest.Id);
                Remove(oldest.Folder);
            }
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
