using Azure;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace Serverless.Emulator.Storage;

/// <summary>Reads a blob piece by piece. Unless changes are allowed, every piece must carry the ETag that the blob had when it was opened.</summary>
internal sealed class BlobReadStream : Stream
{
    private const int DefaultBufferSize = 4 << 20;

    private readonly BlobBaseClient _blob;
    private readonly BlobRequestConditions? _conditions;
    private readonly int _bufferSize;
    private ReadOnlyMemory<byte> _buffer;
    private long _bufferStart;
    private long _position;

    public BlobReadStream(BlobBaseClient blob, BlobOpenReadOptions options, BlobProperties opened)
    {
        _blob = blob;
        Length = opened.ContentLength;
        _position = options.Position;
        _bufferSize = options.BufferSize ?? DefaultBufferSize;
        var given = options.Conditions;
        _conditions = options.AllowModifications && given is null ? null : new BlobRequestConditions
        {
            IfMatch = options.AllowModifications ? given?.IfMatch : opened.ETag,
            LeaseId = given?.LeaseId,
            TagConditions = given?.TagConditions,
        };
    }

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_position >= Length || buffer.Length == 0)
            return 0;
        if (_position < _bufferStart || _position >= _bufferStart + _buffer.Length)
            await FetchAsync(cancellationToken).ConfigureAwait(false);
        var ready = _buffer[(int)(_position - _bufferStart)..];
        var count = Math.Min(ready.Length, buffer.Length);
        ready[..count].CopyTo(buffer);
        _position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Serializers still call this one; there is no synchronous way to storage here.
    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => _position + offset, _ => Length + offset };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        return _position = target;
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        var range = new HttpRange(_position, Math.Min(_bufferSize, Length - _position));
        var piece = await _blob.DownloadContentAsync(new BlobDownloadOptions { Range = range, Conditions = _conditions }, cancellationToken).ConfigureAwait(false);
        _buffer = piece.Value.Content.ToMemory();
        _bufferStart = _position;
    }
}
