using System.Collections;
using System.Globalization;
using System.Runtime.Serialization;
using Azure.Data.Tables.Internal;

namespace Azure.Data.Tables;

/// <summary>The whole transaction was refused; nothing of it was applied.</summary>
public class TableTransactionFailedException : RequestFailedException
{
    public TableTransactionFailedException(RequestFailedException requestFailedException)
        : base(
            requestFailedException.Status,
            requestFailedException.Message,
            requestFailedException.ErrorCode,
            requestFailedException.InnerException)
    {
        foreach (DictionaryEntry entry in requestFailedException.Data)
            Data[entry.Key] = entry.Value;

        if (Data[TableErrorParser.FailedEntityIndex] is string text
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            FailedTransactionActionIndex = index;
    }

    [Obsolete("Formatter-based serialization is obsolete.", DiagnosticId = "SYSLIB0051")]
    protected TableTransactionFailedException(SerializationInfo info, StreamingContext context)
        : base(info, context)
    {
    }

    /// <summary>Zero-based index of the refused action; null when the service did not name one.</summary>
    public int? FailedTransactionActionIndex { get; }
}
