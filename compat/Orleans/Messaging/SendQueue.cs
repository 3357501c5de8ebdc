using System.Net.Sockets;

namespace Orleans.Runtime;

/// <summary>Bytes that wait to be sent. One send is under way at a time and takes all that has come meanwhile.</summary>
internal sealed class SendQueue(Socket socket, int most, Action<string> failed) : IThreadPoolWorkItem
{
    private const int Kept = 4 << 20;

    private readonly Lock _gate = new();
    private byte[] _waiting = new byte[4096];
    private byte[] _sending = new byte[4096];
    private int _count;
    private bool _isSending;
    private TaskCompletionSource? _drained;

    /// <summary>Queues a message; false when too much waits already.</summary>
    public bool TryAdd(ReadOnlySpan<byte> message, out bool isBusy)
    {
        lock (_gate)
        {
            isBusy = _count > 0 && _count + message.Length > most;
            if (isBusy)
                return false;
            if (_waiting.Length - _count < message.Length)
                Array.Resize(ref _waiting, Math.Max(_count + message.Length, _waiting.Length * 2));
            message.CopyTo(_waiting.AsSpan(_count));
            _count += message.Length;
            if (_isSending)
                return true;
            _isSending = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    public async Task FlushAsync(TimeSpan patience)
    {
        Task drained;
        lock (_gate)
        {
            if (!_isSending)
                return;
            drained = (_drained ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        await Task.WhenAny(drained, Task.Delay(patience)).ConfigureAwait(false);
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    private async Task SendAsync()
    {
        try
        {
            while (TryTake(out int count))
            {
                for (int sent = 0; sent < count;)
                    sent += await socket.SendAsync(_sending.AsMemory(sent, count - sent)).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            failed(exception.Message);
        }
    }

    private bool TryTake(out int count)
    {
        lock (_gate)
        {
            count = _count;
            if (count == 0)
            {
                _isSending = false;
                _drained?.TrySetResult();
                return false;
            }

            (_waiting, _sending) = (_sending, _waiting);
            if (_waiting.Length > Kept)
                _waiting = new byte[4096];
            _count = 0;
            return true;
        }
    }
}
