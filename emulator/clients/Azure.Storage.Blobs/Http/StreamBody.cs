using Azure.Core;

namespace Serverless.Emulator.Storage;

/// <summary>A caller's stream as a request body: sent from where it stands, again for every try, and left open.</summary>
internal sealed class StreamBody(Stream stream) : RequestContent
{
    private readonly long _from = stream.Position;

    public override bool TryComputeLength(out long length)
    {
        length = stream.Length - _from;
        return true;
    }

    public override Task WriteToAsync(Stream destination, CancellationToken cancellation)
    {
        stream.Position = _from;
        return stream.CopyToAsync(destination, cancellation);
    }

    public override void WriteTo(Stream destination, CancellationToken cancellation)
    {
        stream.Position = _from;
        stream.CopyTo(destination);
    }

    public override void Dispose()
    {
    }
}
