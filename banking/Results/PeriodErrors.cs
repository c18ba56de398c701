namespace Serverless.Banking;

/// <summary>The last day of a period is before its first one.</summary>
public sealed record EndBeforeStart(string Field) : Invalid("end_before_start", Field);
