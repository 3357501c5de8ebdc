using System.Text.Json;
using Grpc.Core;

namespace Granary.Trainer.Link;

/// <summary>
/// Where the silo is: a fixed address, or a file that the silo writes when it starts and that may change while this process lives.
/// </summary>
/// <param name="Address">http://host:port; null when <paramref name="File"/> is given.</param>
/// <param name="File">JSON with a member <c>grpc</c>, host:port; null when <paramref name="Address"/> is given.</param>
internal sealed record SiloLocation(string? Address, string? File)
{
    /// <summary>The silo's address as of now, http://host:port.</summary>
    /// <exception cref="RpcException">UNAVAILABLE: the file is not there or not whole, so no silo serves yet.</exception>
    public string Current()
    {
        if (Address is not null) return Address;
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(File!));
            return $"http://{document.RootElement.GetProperty("grpc").GetString()}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException)
        {
            var detail = $"{File} does not say where the silo is ({e.Message}); is the silo running?";
            throw new RpcException(new Status(StatusCode.Unavailable, detail));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Address ?? File ?? "nowhere";
}
