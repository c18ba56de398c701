using NodaTime;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>What was read is no chip's content, or only a part of it: hold the document still and try again.</summary>
public sealed record ChipUnreadable() : Refused("chip_unreadable");

/// <summary>The content is not what a known authority has signed.</summary>
public sealed record ChipInvalid() : Refused("chip_invalid");

/// <summary>The document is another person's.</summary>
public sealed record DocumentMismatch() : Refused("document_mismatch");

/// <param name="On">The last day on which it was valid.</param>
public sealed record DocumentExpired(LocalDate On) : Refused("document_expired");
