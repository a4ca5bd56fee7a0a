# Writes scripts.txt, the table that UnicodeScripts.cs reads, from Perl's own Unicode database: perl scripts.pl > scripts.txt
use strict;
use warnings;
use Unicode::UCD;

my @scripts = qw(Latin Greek Cyrillic Armenian Hebrew Arabic Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam
    Sinhala Thai Lao Tibetan Myanmar Georgian Hangul Ethiopic Khmer Mongolian Hiragana Katakana Bopomofo Han);
print "# Unicode ", Unicode::UCD::UnicodeVersion(), ". Ranges of scripts: name first last. CircledLetters are the alphabetic ones among symbols.\n";
for my $script (@scripts, "CircledLetters") {
    my $test = $script eq "CircledLetters" ? qr/(?=\p{Alphabetic})\p{So}/ : qr/\p{Script=$script}/;
    my $start;
    for my $code (0 .. 0x110000) {
        next if $code >= 0xD800 && $code < 0xE000;
        my $in = $code < 0x110000 && chr($code) =~ $test;
        $start = $code if $in && !defined $start;
        if (!$in && defined $start) {
            printf "%s %X %X\n", $script, $start, $code - 1;
            undef $start;
        }
    }
}
